-- News is held against what was told last of a thing, not against all that was ever told: A, B and A again are three news.
create table if not exists entry_told (
    subject varchar(500) primary key, -- source, entity, id and flow
    version varchar(200) not null,
    told_at bigint       not null
);
create index if not exists entry_told_at on entry_told (told_at);
drop table if exists entry_dedupe;

-- A position has no length that configuration can outgrow.
alter table feed_cursor alter column position set data type varchar(1000000);
create index if not exists intent_closed on intent (closed_at);
create index if not exists intent_entry on intent (entry);
