-- Roles, databases and extensions of the system. Run once by a superuser, and harmless when run again:
--   in compose: the image of PostgreSQL runs it with psql on an empty volume (docker-entrypoint-initdb.d);
--   on your own server: DB_NAME=leads_db DB_USER=leads DB_PASSWORD=... N8N_DB_NAME=n8n_db N8N_DB_USER=n8n N8N_DB_PASSWORD=...
--     psql -f db/init.sql
--   `npm start`: local/postgres/run-init-sql.ts reads the few psql commands that are used here and no others.
-- The API and n8n have a role and a database each, and neither can read the other's. The API may call two functions in n8n's.
-- The tables are made by db/migrations.

\set ON_ERROR_STOP on
\getenv db_name DB_NAME
\getenv db_user DB_USER
\getenv db_password DB_PASSWORD
\getenv n8n_db_name N8N_DB_NAME
\getenv n8n_db_user N8N_DB_USER
\getenv n8n_db_password N8N_DB_PASSWORD

select distinct format('create role %I', name)
  from unnest(array[:'db_user', :'n8n_db_user']) as name
 where not exists (select from pg_roles where rolname = name)
\gexec
alter role :"db_user" login password :'db_password';
alter role :"n8n_db_user" login password :'n8n_db_password';

select format('create database %I owner %I', :'db_name', :'db_user')
 where not exists (select from pg_database where datname = :'db_name')
\gexec
select format('create database %I owner %I', :'n8n_db_name', :'n8n_db_user')
 where not exists (select from pg_database where datname = :'n8n_db_name')
\gexec

-- Before n8n had a role, its tables belonged to the API's.
\connect :n8n_db_name
select format('reassign owned by %I to %I', :'db_user', :'n8n_db_user')
 where exists (select from pg_class where relowner = (select oid from pg_roles where rolname = :'db_user'))
\gexec
alter database :"n8n_db_name" owner to :"n8n_db_user";
alter database :"db_name" owner to :"db_user";
revoke all on database :"db_name" from public;
revoke all on database :"n8n_db_name" from public;

-- What the API may do in n8n's database, and nothing else: have the executions about a person deleted (api/src/erasure). The functions
-- are n8n's own, and are made before n8n's tables are. A line inside of them does not end with a semicolon: see run-init-sql.ts.
\connect :n8n_db_name
set check_function_bodies = off;
create schema if not exists erasure authorization :"n8n_db_user";
create or replace function erasure.running_executions(before timestamptz) returns bigint language sql stable security definer set search_path = '' as $$
  select count(*) from public.execution_entity
   where status in ('new', 'running', 'waiting')
     and coalesce("startedAt", "createdAt") between greatest(before - interval '10 minutes', now() - interval '10 minutes') and before
$$;
create or replace function erasure.erase_executions(needles text[]) returns bigint language sql security definer set search_path = '' as $$
  with found as (
    select "executionId" as id from public.execution_data
     where exists (select from unnest(needles) needle where position(needle in data) > 0)
    union
    select "executionId" from public.execution_metadata
     where exists (select from unnest(needles) needle where position(needle in value) > 0)),
  erased as (
    delete from public.execution_entity e using found where e.id = found.id returning e.id)
  select count(*) from erased
$$;
alter function erasure.running_executions(timestamptz) owner to :"n8n_db_user";
alter function erasure.erase_executions(text[]) owner to :"n8n_db_user";
revoke all on all functions in schema erasure from public;
grant connect on database :"n8n_db_name" to :"db_user";
grant usage on schema erasure to :"db_user";
grant execute on all functions in schema erasure to :"db_user";

\connect :db_name
create extension if not exists btree_gist;
create extension if not exists pgcrypto;
