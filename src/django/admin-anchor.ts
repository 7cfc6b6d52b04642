/**
 * What the index has in every version and theme for those who are let in, so that a public page
 * that answers 200 to everybody, or garbage, is not taken for an admin.
 */
export const adminAnchor = /\/logout\/|csrfmiddlewaretoken|id="user-tools"/;
