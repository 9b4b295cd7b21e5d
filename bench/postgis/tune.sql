-- Large features are cut into pieces of at most 128 vertices (each piece small to test and to clip, and the boxes tight). Rows stand in
-- the order of the Hilbert curve that PostGIS sorts geometries by, with one GiST index per table, packed.
CREATE UNLOGGED TABLE patch AS
  SELECT id, geom, ST_Area(geom) AS area, ntile(2) OVER (ORDER BY geom) AS half FROM raw_patch ORDER BY geom;
CREATE UNLOGGED TABLE layer AS
  SELECT layer, id, code, geom, ST_Area(geom) AS area
  FROM (SELECT layer, id, code, ST_Subdivide(geom, 128) AS geom FROM raw_layer) AS pieces ORDER BY geom;
CREATE INDEX patch_geom ON patch USING gist (geom) WITH (fillfactor = 100);
CREATE INDEX layer_geom ON layer USING gist (geom) WITH (fillfactor = 100);
VACUUM ANALYZE patch;
VACUUM ANALYZE layer;
