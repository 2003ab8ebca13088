using System.Collections.Generic;
using GenRnn.Compiler.Ir;

namespace GenRnn.Compiler.Scheduling.Placement;

/// <summary>Where the values of one region lie in memory, in one plan.</summary>
internal sealed class ValueSites
{
    private readonly Dictionary<Value, List<Site>> _sites = new();

    /// <summary>All places that a value must be written to; the first is the one that readers use.</summary>
    public IReadOnlyList<Site> All(Value value) => _sites.TryGetValue(value, out List<Site>? sites) ? sites : new List<Site>();

    public Site Primary(Value value) => _sites[value][0];

    public bool Has(Value value) => _sites.ContainsKey(value);

    public void Add(Value value, Site site)
    {
        if (!_sites.TryGetValue(value, out List<Site>? sites))
            _sites[value] = sites = new List<Site>();
        if (!sites.Contains(site))
            sites.Add(site);
    }

    /// <summary>A value seen through slices: its site and its first lane there.</summary>
    public (Site Site, int Lane) Locate(Value value)
    {
        int lane = 0;
        while (value.Op == OpCode.Slice)
        {
            lane += value.Offset;
            value = value.Operands[0];
        }

        Site site = Primary(value);
        return (site, lane + site.Lane);
    }
}
