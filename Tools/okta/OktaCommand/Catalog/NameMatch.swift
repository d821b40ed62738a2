/// Finds a typed name among known ones: the exact one, then the only one that begins with it.
package enum NameMatch<Value> {
    /// The one that has the name.
    case found(Value)
    /// The only one whose name begins with it, with that name.
    case beginning(Value, of: String)
    /// Several begin with the name; these are their names.
    case ambiguous([String])
    /// None begins with it; these are the nearest names.
    case unknown(nearest: [String])

    /// Looks a name up.
    ///
    /// - Parameters:
    ///   - name: What was typed.
    ///   - known: The known values, each under all names that it has; the first name is the one to show.
    package init(_ name: String, among known: [(names: [String], value: Value)]) {
        let typed = name.lowercased()
        // A name of one precedes a second name of another.
        if let exact = known.first(where: { $0.names.first == typed })
            ?? known.first(where: { $0.names.contains(typed) })
        {
            self = .found(exact.value)
            return
        }
        let beginning = known.filter { entry in !typed.isEmpty && entry.names.contains { $0.hasPrefix(typed) } }
        if beginning.count == 1 {
            let names = beginning[0].names
            self = .beginning(beginning[0].value, of: names.first { $0.hasPrefix(typed) } ?? names[0])
        } else if beginning.count > 1 {
            self = .ambiguous(beginning.map { $0.names.first { $0.hasPrefix(typed) } ?? $0.names[0] })
        } else {
            let ranked = Set(known.flatMap(\.names)).map { ($0, EditDistance.between(typed, $0)) }
                .filter { $0.1 <= max(2, typed.count / 3) || (typed.count > 3 && $0.0.contains(typed)) }
                .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
            self = .unknown(nearest: ranked.prefix(3).map(\.0))
        }
    }

    /// Whether only the beginning of a name was typed.
    package var isBeginning: Bool { if case .beginning = self { true } else { false } }

    /// The same without beginnings: only a whole name finds a value.
    package var whole: NameMatch {
        if case .beginning(_, of: let name) = self { .unknown(nearest: [name]) } else { self }
    }

    /// The value, or the failure that says what was meant perhaps.
    package func get(_ kind: String, _ name: String, listing command: String) throws(CommandFailure) -> Value {
        switch self {
        case .found(let value), .beginning(let value, of: _): return value
        case .ambiguous(let names):
            let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
            throw .usage(
                "'\(name)' is the beginning of \(names.count) names: \(shown)",
                advice: "Type more of the one that is meant.")
        case .unknown(let nearest):
            let hint = nearest.isEmpty ? "" : "Did you mean \(nearest.joined(separator: " or "))? "
            throw .usage("there is no \(kind) '\(name)'", advice: "\(hint)`\(command)` lists them.")
        }
    }
}

/// How many letters must be inserted, removed, replaced or swapped with a neighbour to turn one name into another.
enum EditDistance {
    static func between(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var beforePrevious = [Int](repeating: 0, count: right.count + 1)
        var previous = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let replacement = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
                var best = min(replacement, previous[column] + 1, current[column - 1] + 1)
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    best = min(best, beforePrevious[column - 2] + 1)
                }
                current.append(best)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }
}
