import OktaCatalog
import YAML

/// Compares the parameters of an operation.
struct ParameterComparison {
    let operation: OperationComparison

    func compare(in context: inout ComparisonContext) {
        let (matches, removed, added) = matched()
        for (left, right) in matches {
            compare(left, right, in: &context)
            context.pair(
                left.use, right.use, subject: "\(operation.site.subject) \(left.name)",
                operation: operation.new.identity, direction: operation.sent)
        }
        for parameter in removed {
            context.report(
                ParameterRules.removed, operation.site.at(old: parameter.location), Self.arguments(parameter))
        }
        for parameter in added {
            let isDemanded = parameter.isRequired && !context.mayBeOmitted(parameter.use)
            context.report(
                isDemanded ? ParameterRules.requiredAdded : ParameterRules.added,
                operation.site.at(new: parameter.location), Self.arguments(parameter))
        }
    }

    private static func arguments(_ parameter: ParameterDescription) -> [Change.Argument] {
        [.init("place", parameter.place), .init("parameter", parameter.name)]
    }

    /// Matches path parameters by position, and others by name, then by a differently written name.
    private func matched() -> (
        matches: [(ParameterDescription, ParameterDescription)], removed: [ParameterDescription],
        added: [ParameterDescription]
    ) {
        let (old, new) = (operation.old.parameters, operation.new.parameters)
        let paths = (old.filter { $0.place == "path" }, new.filter { $0.place == "path" })
        var matches = Array(zip(paths.0, paths.1))
        var removed = Array(paths.0.dropFirst(matches.count))
        var added = Array(paths.1.dropFirst(matches.count)) + new.filter { $0.place != "path" }
        for left in old where left.place != "path" {
            let index =
                added.firstIndex { Self.isSameOnWire(left, $0) }
                ?? added.firstIndex { right in
                    right.name == left.name && !old.contains { Self.isSameOnWire($0, right) }
                }
                ?? added.firstIndex { right in
                    right.place == left.place && Self.plain(left.name) == Self.plain(right.name)
                        && !old.contains { $0.name == right.name }
                }
            if let index {
                matches.append((left, added.remove(at: index)))
            } else {
                removed.append(left)
            }
        }
        return (matches, removed, added)
    }

    /// Returns whether two parameters are the same on the wire. Names of header fields are case-insensitive.
    private static func isSameOnWire(_ left: ParameterDescription, _ right: ParameterDescription) -> Bool {
        guard left.place == right.place else { return false }
        return left.name.hasSameBytes(as: right.name)
            || left.place == "header" && left.name.lowercased() == right.name.lowercased()
    }

    /// Returns a name without word separators.
    private static func plain(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

    private func compare(
        _ left: ParameterDescription, _ right: ParameterDescription, in context: inout ComparisonContext
    ) {
        let site = operation.site.at(old: left.location, new: right.location)
        let arguments = Self.arguments(left)
        if left.place != right.place {
            context.report(
                ParameterRules.moved, site,
                [.init("parameter", left.name), .init("from", left.place), .init("to", right.place)])
        } else if left.name != right.name, !Self.isSameOnWire(left, right) {
            context.report(
                left.place == "path" ? ParameterRules.pathRenamed : ParameterRules.renamed, site,
                arguments + [.init("to", right.name)])
        }
        if context.names == .compared, let from = left.label, let to = right.label, from != to {
            context.report(
                ParameterRules.labelChanged, site,
                [.init("parameter", left.name), .init("from", from), .init("to", to)])
        }
        switch (left.isRequired, right.isRequired) {
        case (false, true):
            context.report(
                context.mayBeOmitted(right.use) ? ParameterRules.requiredWithDefault : ParameterRules.required, site,
                arguments)
        case (true, false): context.report(ParameterRules.optional, site, arguments)
        default: break
        }
        if let from = left.listForm, let to = right.listForm, from != to {
            context.report(
                ParameterRules.listFormChanged, site,
                [.init("parameter", left.name), .init("from", from), .init("to", to)])
        }
        TypeComparison(site: site.named("\(site.subject) \(left.name)"), direction: operation.sent).compare(
            left.use, right.use, in: &context)
        RemarksComparison(site: site, direction: operation.sent, prefix: "parameters/\(left.name)/").compare(
            left.remarks, right.remarks, in: &context)
    }
}
