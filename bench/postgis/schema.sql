-- One table for the patches and one for each layer, in metres of the statutory plane: there planar area is statutory area, so both
-- programmes compute the same thing. Areas are stored, so that nothing that lies wholly inside is measured again.
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE UNLOGGED TABLE raw_patch (id int, code text, geom geometry);
CREATE UNLOGGED TABLE raw_layer (layer int, id int, code text, geom geometry);
