-- What a look-up before the first touch found of a lead: when it was asked and answered, the facts with their source. null: nobody was asked.
alter table leads add column enriched jsonb;
