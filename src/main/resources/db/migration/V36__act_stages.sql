-- Where a signed act stands in FinTablo: as the deal's date, or as a stage beside the deal's others. May be repeated.

alter table deal_act add column if not exists place varchar(8);           -- deal, stage; null while it stands nowhere
alter table deal_act add column if not exists said_json varchar(100000);    -- what the portal says; null: not signed any more
alter table deal_act add column if not exists written_json varchar(100000); -- what FinTablo's stage held last by us
alter table deal_act add column if not exists their_stage bigint;           -- FinTablo's
-- until now each was the deal's date
update deal_act set place = 'deal' where place is null and said_json is null;
