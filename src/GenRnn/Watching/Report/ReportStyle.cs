namespace GenRnn;

/// <summary>How a report looks: light or dark as the reader's system is, one column or two by the width.</summary>
internal static class ReportStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --page: #fcfcfb; --card: #ffffff; --ink: #1b1f24; --soft: #59636e; --rule: #e3e6ea; --bar: #b9cdf5;
          --c0: #1f6feb; --c1: #d4500c; --c2: #0b7f57; --c3: #9a3798; --c4: #8a6a00; --c5: #007a91; --c6: #bf2c47; --c7: #5b6570; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #101317; --card: #171b21; --ink: #e6e9ed; --soft: #9aa4b0; --rule: #2b323b; --bar: #2d4a80;
            --c0: #74a9ff; --c1: #ff9c5b; --c2: #4fc792; --c3: #d88cd6; --c4: #dfb544; --c5: #50c5da; --c6: #ff8396; --c7: #a7b0bb; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 1180px; padding: 24px 20px 48px; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        h1 { font-size: 24px; line-height: 1.25; margin: 0 0 4px; } h2 { font-size: 17px; margin: 32px 0 12px; }
        p { margin: 0 0 12px; } .soft { color: var(--soft); }
        dl.head { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 16px 0 0; } dl.head div { min-width: 90px; }
        dt { color: var(--soft); font-size: 13px; } dd { margin: 0; font-size: 20px; font-variant-numeric: tabular-nums; }
        .switch { display: inline-flex; gap: 8px; align-items: center; margin: 20px 0 0; cursor: pointer; }
        #log { position: absolute; opacity: 0; } .switch i { width: 34px; height: 20px; border-radius: 10px; background: var(--rule); position: relative; transition: background .15s; }
        .switch i::after { content: ""; position: absolute; left: 3px; top: 3px; width: 14px; height: 14px; border-radius: 50%; background: var(--card); transition: left .15s; }
        #log:checked ~ .switch i { background: var(--c0); } #log:checked ~ .switch i::after { left: 17px; } #log:focus-visible ~ .switch i { outline: 2px solid var(--c0); outline-offset: 2px; }
        #log:not(:checked) ~ main .log, #log:checked ~ main .linear { display: none; }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 480px), 1fr)); gap: 16px; }
        .histograms { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 205px), 1fr)); gap: 12px; }
        figure { margin: 0; padding: 14px 16px 10px; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; min-width: 0; }
        figcaption { font-weight: 600; overflow-wrap: anywhere; } .small figcaption { font-size: 13px; } figcaption span { color: var(--soft); font-weight: 400; }
        .legend { display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 2px 0 6px; font-size: 13px; color: var(--soft); } .legend span { display: inline-flex; gap: 6px; align-items: center; overflow-wrap: anywhere; }
        .legend svg { width: 18px; height: 6px; flex: none; } .chart { display: block; width: 100%; height: auto; } .nothing { color: var(--soft); padding: 24px 0; }
        text { fill: var(--soft); font-size: 11px; font-variant-numeric: tabular-nums; } .grid { stroke: var(--rule); stroke-width: 1; } .axis { stroke: var(--soft); stroke-width: 1; }
        .line path { fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round; } .line circle { fill: currentColor; } .line .hint { fill: transparent; } .dashed path { stroke-dasharray: 4 3; }
        .legend .line { color: var(--soft); }
        .c0 path { stroke: var(--c0); } .c0 circle { fill: var(--c0); } .c1 path { stroke: var(--c1); } .c1 circle { fill: var(--c1); } .c2 path { stroke: var(--c2); } .c2 circle { fill: var(--c2); }
        .c3 path { stroke: var(--c3); } .c3 circle { fill: var(--c3); } .c4 path { stroke: var(--c4); } .c4 circle { fill: var(--c4); } .c5 path { stroke: var(--c5); } .c5 circle { fill: var(--c5); }
        .c6 path { stroke: var(--c6); } .c6 circle { fill: var(--c6); } .c7 path { stroke: var(--c7); } .c7 circle { fill: var(--c7); } .line circle.hint { fill: transparent; }
        .bars { fill: var(--bar); } .start { fill: none; stroke: var(--c1); stroke-width: 1.2; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } th, td { text-align: left; padding: 6px 16px 6px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
        th { color: var(--soft); font-weight: 500; font-size: 13px; } .number { text-align: right; } td.value { overflow-wrap: anywhere; }
        @media print { .switch { display: none; } figure { break-inside: avoid; } }
        """;
}
