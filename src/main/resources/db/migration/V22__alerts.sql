-- What needs a person and has been told, or is about to be. May be repeated.
create table if not exists alert (
    alert_key varchar(200)  not null primary key,
    text      varchar(2000) not null,
    raised_at bigint        not null,
    told_at   bigint,                 -- null while nobody has been told
    gone_at   bigint                  -- since when it is over; null while it stands
);
