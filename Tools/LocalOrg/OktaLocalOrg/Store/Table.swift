import OktaRuntime

/// Objects of one kind, oldest first.
struct Table: Sendable {
    private var rows: [String: JSON] = [:]
    private var order: [String] = []
    /// The number of removed ids that are still in `order`.
    private var stale = 0

    var count: Int { rows.count }
    var isEmpty: Bool { rows.isEmpty }

    /// An object by id. A new object is appended, an existing one is replaced in place, and nil removes it.
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
            // An id that was removed and added again occurs twice in `order` until that is compacted.
            guard let row = rows[id], stale == 0 || seen.insert(id).inserted else { return nil }
            return (id, row)
        }
    }

    /// Orders the objects by id if all have ids of Okta's, which ascend with age.
    mutating func orderByAge() {
        guard rows.keys.allSatisfy({ $0.utf8.count == 20 }) else { return }
        order = rows.keys.sorted()
        stale = 0
    }

    /// Returns the first object that matches.
    func first(where fits: (JSON) -> Bool) -> (id: String, json: JSON)? { all.first { fits($0.json) } }
}

/// All tables of an org except the users', by parent and kind, since most kinds belong to another object.
struct Tables: Sendable {
    private var byParent: [String: [String: Table]] = [:]
    /// The number of changes, which shows whether an operation has changed anything.
    private(set) var changes = 0

    /// The table of a kind below a parent; `""` is the org.
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

    /// The table of a kind below the org.
    subscript(kind: String) -> Table {
        get { self[kind, of: ""] }
        _modify { yield &self[kind, of: ""] }
    }

    /// Removes everything below an object, at any depth.
    mutating func removeChildren(of parent: String) {
        guard !parent.isEmpty, let tables = byParent.removeValue(forKey: parent) else { return }
        changes += 1
        for table in tables.values {
            for (id, _) in table.all { removeChildren(of: id) }
        }
    }

    /// Returns the parents with a table of this kind.
    func parents(ofKind kind: String) -> [String] {
        byParent.filter { $0.value[kind] != nil }.map(\.key).sorted()
    }

    /// Returns the parents with this object in a table of this kind.
    func parents(of id: String, kind: String) -> [String] {
        byParent.filter { $0.value[kind]?[id] != nil }.map(\.key).sorted()
    }
}
