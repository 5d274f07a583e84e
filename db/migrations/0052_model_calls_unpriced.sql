-- Models that were asked and whose price is not known: few calls or none, looked for with each answer.
create index model_calls_unpriced on model_calls (at) include (model) where cost_usd is null and input_tokens is not null;
