/** The small module every page loads: keys and focus. It has no dependency, so that it is there before the circuit is. */
export {};
