export { describeFacets, type Facet, facetsAt, isMap, itemsOf, keysOf, typesOf } from './facets.ts';
