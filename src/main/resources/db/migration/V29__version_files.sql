-- Files of proposals, reports and contracts as they were at each version; the same bytes lie here once. May be repeated.

create table if not exists version_content (
    hash    varchar(64) primary key, -- SHA-256
    content bytea       not null
);

create table if not exists version_file (
    entity  varchar(20)  not null,
    item    bigint       not null,
    number  int          not null, -- of item_version
    file    varchar(60)  not null, -- the portal's id of the file
    name    varchar(300) not null,
    size    bigint       not null, -- bytes; 0 where it is not known
    hash    varchar(64),           -- null where the bytes could not be kept
    why     varchar(20),           -- then: large changed gone
    primary key (entity, item, number)
);
create index if not exists version_file_of on version_file (entity, item, file);
