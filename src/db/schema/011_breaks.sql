-- How far the breaks of a pattern may move, both ways, when a customer can come only then: minutes; 0 = they stay.
ALTER TABLE pattern ADD COLUMN break_slack INTEGER NOT NULL DEFAULT 0 CHECK (break_slack BETWEEN 0 AND 240 AND break_slack % 5 = 0);
