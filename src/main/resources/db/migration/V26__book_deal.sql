-- Which funnel of the portal a deal is in: its operations' direction in FinTablo follows from it. May be repeated.

create table if not exists book_deal (
    deal_id bigint primary key,       -- the portal's
    funnel  varchar(250) not null     -- its name, as mappings/portal.yaml has it
);
