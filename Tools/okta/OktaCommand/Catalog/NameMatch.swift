/// The result of finding a name among known ones: exact, then by unique prefix.
package enum NameMatch<Value> {
    /// The value with exactly this name.
    case found(Value)
    /// The only value whose name starts with the given one, with its full name.
    case beginning(Value, of: String)
    /// Several names start with the given one.
    case ambiguous([String])
    /// No name starts with the given one; these are the closest names.
    case unknown(nearest: [String])

    /// Looks up a name.
    ///
    /// - Parameters:
    ///   - name: The name on the command line.
    ///   - known: The known values, each with all its names; the first one is displayed.
    package init(_ name: String, among known: [(names: [String], value: Value)]) {
        let typed = name.lowercased()
        // A first name takes precedence over another value's alias.
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

    /// Whether the given name is a prefix.
    package var isBeginning: Bool { if case .beginning = self { true } else { false } }

    /// The result without prefixes: only an exact name finds a value.
    package var whole: NameMatch {
        if case .beginning(_, of: let name) = self { .unknown(nearest: [name]) } else { self }
    }

    /// Returns the value, or throws a failure with suggestions.
    package func get(_ kind: String, _ name: String, listing command: String) throws(CommandFailure) -> Value {
        switch self {
        case .found(let value), .beginning(let value, of: _): return value
        case .ambiguous(let names):
            let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", …" : "")
            throw .usage(
                "'\(name)' is the beginning of \(names.count) names: \(shown)",
                advice: "Type more of the name.")
        case .unknown(let nearest):
            let hint = nearest.isEmpty ? "" : "Did you mean \(nearest.joined(separator: " or "))? "
            throw .usage("there is no \(kind) '\(name)'", advice: "\(hint)`\(command)` lists them.")
        }
    }
}

/// The number of insertions, deletions, substitutions and transpositions that turn one name into another.
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
