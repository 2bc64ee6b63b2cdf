-- What forecasts said of all accounts together, and what came: a few days of each day's forecast, a little over a year of
-- them. Money is whole kopecks. May be repeated.

create table if not exists cash_forecast (
    made_on  date          not null,
    on_day   date          not null, -- how this day was to end
    accounts varchar(4000) not null, -- whose money it was, 20 digits each, one a line
    planned  bigint        not null,
    p10      bigint,                 -- null where too little was known of customers' habits
    p50      bigint,
    p90      bigint,
    came     bigint,                 -- how it ended; null while that is not known
    primary key (made_on, on_day)
);
