#if Proxy
/// The HTML page with a bar for each bucket, drawn every second from the status JSON.
///
/// The script sets all text with `textContent`, so that nothing from a client can become markup.
enum StatusPage {
    /// The content security policy, which only allows what is in the page itself.
    static let policy =
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

    static let html = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>okta proxy</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
        :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
        body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        h1 { font-size: 1.3rem; } .dim { opacity: .7; }
        .bucket { margin: 1rem 0; } .row { display: flex; justify-content: space-between; gap: 1rem; }
        .bar { height: .8rem; border-radius: .4rem; background: #8884; overflow: hidden; }
        .bar i { display: block; height: 100%; background: #2a8f5b; transition: width .5s; }
        .bar i.low { background: #c77c11; } .bar i.out { background: #c0392b; }
        code { font-size: .95em; }
        </style></head><body>
        <h1>okta proxy <span id="org" class="dim"></span></h1>
        <p id="state" class="dim">Reads the state.</p><div id="buckets"></div>
        <noscript>The page needs scripts; its data is in <a href="/_proxy/status.json">status.json</a>.</noscript>
        <script>
        "use strict";
        const at = id => document.getElementById(id);
        function element(name, kind, text) {
          const made = document.createElement(name);
          if (kind) made.className = kind;
          if (text !== undefined) made.textContent = text;
          return made;
        }
        function bucket(b) {
          const box = element("div", "bucket"), top = element("div", "row"), bar = element("div", "bar");
          top.append(element("code", "", b.name));
          const known = b.limit !== null;
          const left = known ? b.remaining + " of " + b.limit + " left" : "limit not stated yet";
          const reset = known ? Math.max(0, Math.ceil(b.reset - Date.now() / 1000)) : 0;
          top.append(element("span", "", left + (reset ? ", reset in " + reset + " s" : "")));
          const fill = element("i"), share = known && b.limit ? b.remaining / b.limit : 1;
          fill.style.width = 100 * share + "%";
          fill.className = share <= 0 ? "out" : share < .25 ? "low" : "";
          bar.append(fill);
          const who = b.clients.map(c => c.name + ": " + c.spent + " spent" +
            (c.inFlight ? ", " + c.inFlight + " in flight" : "") + (c.waiting ? ", " + c.waiting + " waiting" : ""));
          box.append(top, bar, element("div", "dim", who.join(" \\u00b7 ")));
          return box;
        }
        async function draw() {
          try {
            const response = await fetch("/_proxy/status.json", { cache: "no-store" });
            const s = await response.json(), t = s.totals;
            at("org").textContent = s.org;
            at("state").textContent = t.requests + " requests, " + t.merged + " merged, " + t.revalidated +
              " unchanged, " + t.refused + " refused; " + (s.store ? "limits shared by " + s.store.kind + " (" +
              s.store.state + ")" : "limits of this proxy alone") + "; up " + s.uptimeSeconds + " s";
            at("buckets").replaceChildren(...s.buckets.map(bucket));
          } catch (problem) {
            at("state").textContent = "The proxy does not respond.";
          }
        }
        draw();
        setInterval(draw, 1000);
        </script></body></html>

        """
}
#endif
