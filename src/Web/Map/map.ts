/** The map: OpenLayers in EPSG:4490. Loaded only by pages that show one. */
export {};
