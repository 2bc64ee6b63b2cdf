-- Feeds of some kinds of items only, such as a person's own payments. May be repeated.
alter table calendar_feed add column if not exists entities varchar(200); -- comma separated; empty or null for all
