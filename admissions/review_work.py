"""How much work a partner's reviewers have and have done: a function, so that no row need be opened."""

from consortium.actor import Wall
from consortium.rowsecurity import TENANT, party

REVIEW_WORK = f"""
CREATE OR REPLACE FUNCTION itinera_review_work(moment timestamptz)
RETURNS TABLE (party_id bigint, reviewer_id bigint, assigned bigint, submitted bigint, overdue bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT work.party_id, work.reviewer_id, count(*),
         count(*) FILTER (WHERE work.state IN ('submitted', 'locked')),
         count(*) FILTER (WHERE work.state NOT IN ('submitted', 'locked') AND work.due_at <= moment)
    FROM admissions_assignment AS work
   WHERE work.{TENANT} AND {party("work.party_id")} AND work.state <> 'conflicted'
     AND current_setting('role', true) = '{Wall.PARTNER.role}'
   GROUP BY work.party_id, work.reviewer_id
$$
"""
