-- A county: three years of 50,000 cases, and a million messages. bench/county.py runs this on SQLite and PostgreSQL alike.
-- What stands where follows from row numbers, so that both hold the same: 12 districts, 60 units, 600 workers; two people and three
-- stages in each case. Of fifty stages one has nobody to ask and one was withdrawn; one talk in five hundred was with somebody else.

INSERT INTO districts (name, area)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 12)
SELECT 'District ' || n, 'Area ' || (n % 4 + 1) FROM numbers;

INSERT INTO units (id, service, district, name)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 60)
SELECT n, 'Service ' || (n % 3 + 1), 'District ' || (n % 12 + 1), 'Unit ' || n FROM numbers;

INSERT INTO staff (id, email, name, role, failed_sign_ins)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 60)
SELECT n, 'manager.' || n || '@council.example', 'Manager ' || n, 'manager', 0 FROM numbers;

INSERT INTO staff (id, email, name, role, line_manager_id, failed_sign_ins)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 600)
SELECT 60 + n, 'worker.' || n || '@council.example', 'Worker ' || n, 'worker', (n - 1) / 10 + 1, 0 FROM numbers;

INSERT INTO people (id, name, age_band, language, safe_contact)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
SELECT n, 'Jo', CASE WHEN n % 2 = 0 THEN '16-25' END, 'en', 'text' FROM numbers;

INSERT INTO cases (id, reference, level, unit_id, worker_id)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 50000)
SELECT n, 'EH-' || n, 'intensive', (n % 600) / 10 + 1, 61 + n % 600 FROM numbers;

INSERT INTO participants (case_id, person_id, role)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000)
SELECT (n + 1) / 2, n, CASE WHEN n % 2 = 0 THEN 'young_person' ELSE 'parent_carer' END FROM numbers;

INSERT INTO stage_events (id, case_id, stage, happened_on, applied_at, withdrawn_at)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 150000)
SELECT numbers.n, (numbers.n + 2) / 3,
       CASE numbers.n % 3 WHEN 1 THEN 'assessment' WHEN 2 THEN 'review' ELSE 'closure' END,
       bench_days.day, :now, CASE WHEN numbers.n % 50 = 7 THEN :now END
FROM numbers JOIN bench_days ON bench_days.n = (numbers.n * 7919) % 1095;

INSERT INTO invitations (id, person_id, case_id, stage_event_id, stage, stage_on, audience, age_band, survey_id, worker_id,
                         line_manager_id, unit_id, status, not_asked_because, held_by, due_at, made_at, asked_at)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 300000)
SELECT n, 2 * cases.id - n % 2, cases.id, stage_events.id, stage, happened_on,
       CASE WHEN n % 2 = 0 THEN 'young_person' ELSE 'parent_carer' END, CASE WHEN n % 2 = 0 THEN '16-25' END, 'parent_review',
       cases.worker_id, staff.line_manager_id, cases.unit_id,
       CASE (n * 31) % 20 WHEN 0 THEN 'offered' WHEN 1 THEN 'asked' WHEN 2 THEN 'started' WHEN 3 THEN 'partly_answered'
            WHEN 4 THEN 'declined' WHEN 5 THEN 'lapsed' WHEN 6 THEN 'lapsed' WHEN 7 THEN 'unreachable' WHEN 8 THEN 'not_asked'
            WHEN 9 THEN 'not_asked' WHEN 10 THEN 'not_asked' WHEN 11 THEN 'not_asked' ELSE 'answered' END,
       CASE (n * 31) % 20 WHEN 8 THEN 'no_mobile' WHEN 9 THEN 'opted_out' WHEN 10 THEN 'asked_recently' WHEN 11 THEN 'unsafe' END,
       CASE (n * 31) % 20 WHEN 11 THEN cases.worker_id END,
       :now, :now, CASE WHEN (n * 31) % 20 IN (0, 8, 9, 10, 11) THEN NULL ELSE :now END
FROM numbers
JOIN stage_events ON stage_events.id = (n + 1) / 2
JOIN cases ON cases.id = stage_events.case_id
JOIN staff ON staff.id = cases.worker_id
WHERE stage_events.id % 50 <> 3;

INSERT INTO conversations (id, invitation_id, person_id, channel, address, survey_id, survey_version, state, opened_at, closed_at)
SELECT id, id, person_id, 'sms', '+999' || (100000000 + id), 'parent_review', 1, '{}', asked_at, asked_at
FROM invitations WHERE asked_at IS NOT NULL;

INSERT INTO messages (id, direction, channel, address, text, at, status, conversation_id, provider_id, priority, media_count,
                      attempts, unsure)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000000)
SELECT n, CASE WHEN n % 2 = 0 THEN 'in' ELSE 'out' END, 'sms', '+999' || (100000001 + n % 300000), :words, :now,
       CASE WHEN n % 2 = 0 THEN 'received' ELSE 'delivered' END, conversations.id, 'bench:' || n, 0, 0, 0, :false
FROM numbers LEFT JOIN conversations ON conversations.id = n % 300000 + 1;

INSERT INTO alerts (reference, message_id, conversation_id, reason, severity, conduct, raised_at, released_at)
SELECT 'A-' || id, id, conversation_id, 'concern', 'amber', :false, at, CASE WHEN id % 500 <> 24 THEN at END
FROM messages WHERE id % 100 = 24;

INSERT INTO notices (message_id, what, at) SELECT message_id, 'wrong_number', raised_at FROM alerts WHERE message_id % 500 = 24;
