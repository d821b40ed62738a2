import OktaCatalog

/// Parameters of operations.
enum ParameterFamily {
    static let added = DriftRule(
        "parameter-added", wire: .info, source: .info, "the {place} parameter `{parameter}` was added",
        advice: "Nothing breaks: it is optional. Add it to the catalog.")
    static let requiredAdded = DriftRule(
        "required-parameter-added", wire: .error, source: .error,
        "the required {place} parameter `{parameter}` was added",
        advice:
            "Requests without it are refused. Add it to the catalog with `required: true`; calls need a new argument.")
    static let removed = DriftRule(
        "parameter-removed", wire: .warning, source: .error, "the {place} parameter `{parameter}` was removed",
        advice: "Okta may ignore or refuse it. Deprecate it in the catalog before it is removed there.")
    static let renamed = DriftRule(
        "parameter-renamed", wire: .error, source: .error, "the {place} parameter `{parameter}` is now `{to}`",
        advice: "Requests need the new name. In the catalog, keep the label with `swift:`.")
    static let pathRenamed = DriftRule(
        "path-parameter-renamed", wire: .docs, source: .docs, "the path parameter `{parameter}` is now `{to}`",
        advice: "Only documents see the name. Keep the catalog's: it is a label of the function.")
    static let labelChanged = DriftRule(
        "parameter-label-changed", wire: .docs, source: .error,
        "the label of `{parameter}` is now `{to}`, not `{from}`",
        advice: "Pin the old label with `swift:` in the catalog.")
    static let required = DriftRule(
        "parameter-required", wire: .error, source: .error, "the {place} parameter `{parameter}` is required now",
        advice: "Requests without it are refused. Set `required: true` in the catalog.")
    static let optional = DriftRule(
        "parameter-optional", wire: .info, source: .info,
        "the {place} parameter `{parameter}` is not required any more",
        advice: "Nothing breaks; remove `required` in the catalog.")
    static let moved = DriftRule(
        "parameter-moved", wire: .error, source: .warning, "the parameter `{parameter}` moved from {from} to {to}",
        advice: "Okta looks for it in another place. Set `in` in the catalog; the order of arguments may change.")

    static let rules = [
        added, requiredAdded, removed, renamed, pathRenamed, labelChanged, required, optional, moved,
    ]

    static func compare(
        _ pair: OperationPair, in context: inout ComparisonContext, graph: inout PairGraph
    ) -> [Int] {
        let (matches, removedOnes, addedOnes) = matched(pair)
        var pairs: [Int] = []
        for (left, right) in matches {
            compare(left, right, of: pair, in: &context)
            pairs.append(
                graph.add(
                    left.use.shape, right.use.shape, subject: "\(pair.subject) \(left.name)",
                    operation: pair.new.identity, direction: .sent))
        }
        for parameter in removedOnes {
            pair.report(removed, arguments(parameter), old: parameter.location, in: &context)
        }
        for parameter in addedOnes {
            pair.report(
                parameter.isRequired ? requiredAdded : added, arguments(parameter), new: parameter.location,
                in: &context)
        }
        return pairs
    }

    private static func arguments(_ parameter: ParameterDescription) -> [Change.Argument] {
        [.init("place", parameter.place), .init("parameter", parameter.name)]
    }

    /// Path parameters match by position; others by name, then by a name that is written otherwise.
    private static func matched(_ pair: OperationPair) -> (
        matches: [(ParameterDescription, ParameterDescription)], removed: [ParameterDescription],
        added: [ParameterDescription]
    ) {
        let paths = (
            pair.old.parameters.filter { $0.place == "path" }, pair.new.parameters.filter { $0.place == "path" }
        )
        var matches = Array(zip(paths.0, paths.1))
        var removed = Array(paths.0.dropFirst(matches.count))
        var added = Array(paths.1.dropFirst(matches.count)) + pair.new.parameters.filter { $0.place != "path" }
        for left in pair.old.parameters where left.place != "path" {
            let index =
                added.firstIndex { $0.name == left.name && $0.place == left.place }
                ?? added.firstIndex { right in
                    right.name == left.name
                        && !pair.old.parameters.contains { $0.name == right.name && $0.place == right.place }
                }
                ?? added.firstIndex { right in
                    right.place == left.place && Self.isSame(left.name, right.name)
                        && !pair.old.parameters.contains { $0.name == right.name }
                }
            if let index {
                matches.append((left, added.remove(at: index)))
            } else {
                removed.append(left)
            }
        }
        return (matches, removed, added)
    }

    /// Whether two names differ only in how their words are joined.
    private static func isSame(_ left: String, _ right: String) -> Bool {
        func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }
        return plain(left) == plain(right)
    }

    private static func compare(
        _ left: ParameterDescription, _ right: ParameterDescription, of pair: OperationPair,
        in context: inout ComparisonContext
    ) {
        func report(_ rule: DriftRule, _ arguments: [Change.Argument]) {
            pair.report(rule, arguments, old: left.location, new: right.location, in: &context)
        }
        if left.place != right.place {
            report(moved, [.init("parameter", left.name), .init("from", left.place), .init("to", right.place)])
        } else if left.name != right.name {
            report(
                left.place == "path" ? pathRenamed : renamed, arguments(left) + [.init("to", right.name)])
        }
        if context.names == .matter, let from = left.label, let to = right.label, from != to {
            report(labelChanged, [.init("parameter", left.name), .init("from", from), .init("to", to)])
        }
        if left.isRequired != right.isRequired { report(right.isRequired ? required : optional, arguments(left)) }
        let place = TypeFamily.Place(
            subject: "\(pair.subject) \(left.name)", operation: pair.new.identity, old: left.location,
            new: right.location)
        TypeFamily.compare(left.use, right.use, at: place, in: &context)
        pair.compareText(left.text, right.text, in: &context)
    }
}
