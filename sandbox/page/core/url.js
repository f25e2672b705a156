// Keeps in the address who acts, who stands beside, and what each has open, so that a reload changes nothing.
//   ?as=U1&beside=U2,U3&at=C1,D2/1712.000100,home

export function readPlace() {
  const query = new URLSearchParams(location.search);
  const people = [query.get("as"), ...(query.get("beside") || "").split(",")].filter(Boolean);
  const at = (query.get("at") || "").split(",");
  return [...new Set(people)].map((id, index) => ({ id, at: at[index] || "" }));
}

export function writePlace(panes) {
  const query = new URLSearchParams();
  if (panes.length) query.set("as", panes[0].id);
  if (panes.length > 1) query.set("beside", panes.slice(1).map((pane) => pane.id).join(","));
  if (panes.some((pane) => pane.at)) query.set("at", panes.map((pane) => pane.at).join(","));
  // Commas and slashes may stand as they are in a query, and read better so.
  const text = query.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  history.replaceState(null, "", text ? `?${text}` : location.pathname);
}
