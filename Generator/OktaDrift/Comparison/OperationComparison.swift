import OktaCatalog
import YAML

/// Compares the descriptions of one operation.
struct OperationComparison {
    let old: OperationDescription
    let new: OperationDescription

    /// The operation with its locations on both sides.
    var site: ChangeSite {
        ChangeSite(old.symbol, operation: new.identity, old: old.location, new: new.location)
    }

    /// The direction of values that callers supply.
    var sent: PairGraph.Direction { new.isInbound ? .received : .sent }
    /// The direction of values that callers receive.
    var received: PairGraph.Direction { new.isInbound ? .sent : .received }

    /// Compares everything except the types, which are left to the context.
    func compare(in context: inout ComparisonContext) {
        if context.names == .compared { compareNames(in: &context) }
        compareLabels(in: &context)
        LifecycleComparison.compareDeprecation(old.isDeprecated, new.isDeprecated, at: site, in: &context)
        LifecycleComparison.compare(old.lifecycle, new.lifecycle, at: site, in: &context)
        compareScopes(in: &context)
        ParameterComparison(operation: self).compare(in: &context)
        BodyComparison(operation: self).compare(in: &context)
        ResponseComparison(operation: self).compare(in: &context)
        // The rules of scopes and lifecycles have reported these.
        var known: Set<String> = Set(old.scopes) == Set(new.scopes) ? [] : ["security"]
        if old.lifecycle != new.lifecycle { known.insert(LifecycleComparison.availability) }
        RemarksComparison(site: site, direction: sent, known: known).compare(old.remarks, new.remarks, in: &context)
    }

    private func compareNames(in context: inout ComparisonContext) {
        for name in old.formerSymbols where !new.formerSymbols.contains(name) && new.symbol != name {
            context.report(OperationRules.formerNameRemoved, site, [.init("name", name)])
        }
        if let from = old.group, let to = new.group, from != to {
            context.report(OperationRules.moved, site, [.init("from", old.symbol), .init("to", new.symbol)])
        } else if old.symbol != new.symbol {
            let rule =
                new.formerSymbols.contains(old.symbol) ? OperationRules.renamed : OperationRules.renamedWithoutAlias
            context.report(rule, site, [.init("to", new.symbol)])
        }
    }

    private func compareLabels(in context: inout ComparisonContext) {
        func report(_ rule: DriftRule, _ from: String, _ to: String) {
            context.report(rule, site, [.init("from", from), .init("to", to)])
        }
        if let from = old.operationID, let to = new.operationID, from != to {
            report(OperationRules.idChanged, from, to)
        }
        // The order of an operation's categories has no meaning.
        if Set(old.tags) != Set(new.tags), !old.tags.isEmpty, !new.tags.isEmpty {
            let (from, to) =
                old.tags.first != new.tags.first
                ? (old.tags[0], new.tags[0])
                : (old.tags.sorted().joined(separator: ", "), new.tags.sorted().joined(separator: ", "))
            report(OperationRules.categoryMoved, from, to)
        }
        if old.paging != new.paging {
            report(OperationRules.pagingChanged, old.paging ?? "off", new.paging ?? "off")
        }
        if let from = old.authorization, let to = new.authorization, from != to {
            report(ScopeRules.authorizationChanged, from, to)
        }
        if let from = old.host, let to = new.host, from != to { report(OperationRules.hostChanged, from, to) }
    }

    private func compareScopes(in context: inout ComparisonContext) {
        for scope in old.scopes where !new.scopes.contains(scope) {
            context.report(ScopeRules.removed, site, [.init("scope", scope)])
        }
        for scope in new.scopes where !old.scopes.contains(scope) {
            context.report(ScopeRules.added, site, [.init("scope", scope)])
        }
    }
}

/// Compares deprecations and lifecycle stages.
enum LifecycleComparison {
    /// A consequence of a lifecycle in the document.
    static let availability = "x-okta-lifecycle/isGenerallyAvailable"

    static func compareDeprecation(
        _ left: Bool, _ right: Bool, at site: ChangeSite, in context: inout ComparisonContext
    ) {
        guard left != right else { return }
        context.report(right ? LifecycleRules.deprecated : LifecycleRules.deprecationWithdrawn, site)
    }

    static func compare(_ left: String, _ right: String, at site: ChangeSite, in context: inout ComparisonContext) {
        guard left != right else { return }
        if left.lowercased() == "ga" {
            context.report(LifecycleRules.withdrawn, site, [.init("to", right)])
        } else {
            context.report(LifecycleRules.changed, site, [.init("from", left), .init("to", right)])
        }
    }
}
