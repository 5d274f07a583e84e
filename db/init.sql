-- Roles, databases and extensions of the system. Run once by a superuser, and harmless when run again:
--   in compose: the image of PostgreSQL runs it with psql on an empty volume (docker-entrypoint-initdb.d);
--   on your own server: DB_NAME=leads_db DB_USER=leads DB_PASSWORD=... N8N_DB_NAME=n8n_db N8N_DB_USER=n8n N8N_DB_PASSWORD=...
--     psql -f db/init.sql
--   `npm start`: local/postgres/run-init-sql.ts reads the few psql commands that are used here and no others.
-- The API and n8n have a role and a database each, and neither can read the other's.
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

\connect :db_name
create extension if not exists btree_gist;
create extension if not exists pgcrypto;
