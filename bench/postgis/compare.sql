-- Area by patch, layer and class for one half of the patches ($1); two sessions run the halves side by side. The patch comes first in the
-- predicates, so that PostGIS prepares it once for all its candidates; only pairs that cross are clipped.
SELECT p.id, l.layer, l.code,
       sum(CASE
             WHEN ST_Covers(p.geom, l.geom) THEN l.area
             WHEN ST_CoveredBy(p.geom, l.geom) THEN p.area
             ELSE ST_Area(ST_Intersection(p.geom, l.geom))
           END) AS area
FROM patch AS p
JOIN layer AS l ON p.geom && l.geom AND ST_Intersects(p.geom, l.geom)
WHERE p.half = $1
GROUP BY p.id, l.layer, l.code
