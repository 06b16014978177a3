UPDATE pattern SET break_slack = 30 WHERE staff = 1;
