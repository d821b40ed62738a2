import OktaRuntime

/// Objects of one kind, in the order of their ids' creation.
struct Table: Sendable {
    private var rows: [String: JSON] = [:]
    private var order: [String] = []
    /// How many entries of `order` were removed since it was last tidied.
    private var stale = 0

    var count: Int { rows.count }
    var isEmpty: Bool { rows.isEmpty }

    /// Reads an object, stores a new one at the end, replaces one in place, or removes one.
    subscript(id: String) -> JSON? {
        get { rows[id] }
        set {
            if let newValue {
                if rows.updateValue(newValue, forKey: id) == nil { order.append(id) }
            } else if rows.removeValue(forKey: id) != nil {
                stale += 1
                if stale > 32, stale > rows.count {
                    order = order.filter { rows[$0] != nil }
                    stale = 0
                }
            }
        }
    }

    /// The objects, oldest first.
    var all: [(id: String, json: JSON)] {
        var seen: Set<String> = []
        return order.compactMap { id in
            // An id that was removed and came back stands twice in `order` until it is tidied.
            guard let row = rows[id], stale == 0 || seen.insert(id).inserted else { return nil }
            return (id, row)
        }
    }

    /// The first object that fits.
    func first(where fits: (JSON) -> Bool) -> (id: String, json: JSON)? { all.first { fits($0.json) } }
}

/// All tables of an org but the users': by parent, since most kinds belong to another object, and by kind.
struct Tables: Sendable {
    private var byParent: [String: [String: Table]] = [:]
    /// How often something was changed: it tells whether an operation has changed anything.
    private(set) var changes = 0

    /// The table of a kind below a parent; `""` is the org itself.
    subscript(kind: String, of parent: String) -> Table {
        get { byParent[parent]?[kind] ?? Table() }
        _modify {
            changes += 1
            var table = byParent[parent]?[kind] ?? Table()
            byParent[parent]?[kind] = nil
            defer {
                if !table.isEmpty { byParent[parent, default: [:]][kind] = table }
            }
            yield &table
        }
    }

    /// The table of a kind that belongs to the org itself.
    subscript(kind: String) -> Table {
        get { self[kind, of: ""] }
        _modify { yield &self[kind, of: ""] }
    }

    /// Removes everything that belongs to an object, at any depth.
    mutating func removeChildren(of parent: String) {
        guard !parent.isEmpty, let tables = byParent.removeValue(forKey: parent) else { return }
        changes += 1
        for table in tables.values {
            for (id, _) in table.all { removeChildren(of: id) }
        }
    }

    /// The parents that have a table of this kind.
    func parents(ofKind kind: String) -> [String] {
        byParent.filter { $0.value[kind] != nil }.map(\.key).sorted()
    }

    /// The parents that have a table of this kind with this object.
    func parents(of id: String, kind: String) -> [String] {
        byParent.filter { $0.value[kind]?[id] != nil }.map(\.key).sorted()
    }
}
