export { choiceOf, describeFacets, type Facet, facetsAt, isMap, itemsOf, keysOf, typesOf } from './facets.ts';
