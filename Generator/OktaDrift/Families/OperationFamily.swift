import OktaCatalog

/// Operations that come, go, and are called otherwise.
enum OperationFamily {
    static let added = DriftRule(
        "operation-added", wire: .info, source: .info, "the operation was added",
        advice: "Nothing breaks. In the catalog, give it an action, or a disposition in `Spec/upstream.yaml`.")
    static let removed = DriftRule(
        "operation-removed", wire: .error, source: .error, "the operation was removed",
        advice: "Calls fail once Okta takes it away. Deprecate the action first and say what to use in its place.")
    static let renamed = DriftRule(
        "action-renamed", wire: .docs, source: .warning, "the action is now `{to}`; the old name stays, deprecated",
        advice: "Code that uses the old name goes on compiling, with a warning that names the new one.")
    static let renamedWithoutAlias = DriftRule(
        "action-renamed-without-alias", wire: .docs, source: .error, "the action is now `{to}`; the old name is gone",
        advice:
            "List the old name under the action's `renamed` in the catalog, so that code which uses it goes on compiling."
    )
    static let formerNameRemoved = DriftRule(
        "action-former-name-removed", wire: .docs, source: .error, "the former name `{name}` is gone",
        advice: "Code that still uses it stops compiling. Keep it under `renamed` until a major release.")
    static let moved = DriftRule(
        "action-moved", wire: .docs, source: .error, "the action moved from `{from}` to `{to}`",
        advice: "Callers find it at another group. Move it back unless a major release is due.")
    static let idChanged = DriftRule(
        "operation-id-changed", wire: .docs, source: .docs, "the operation's id is now `{to}`, not `{from}`",
        advice: "Ids are hints for readers; set `upstream` in the catalog. Names of the library never follow them.")
    static let categoryMoved = DriftRule(
        "category-moved", wire: .docs, source: .docs, "Okta moved the operation from category `{from}` to `{to}`",
        advice:
            "Okta's reference page has moved; set `reference` in the catalog. The library's groups are pinned there.")
    static let pagingChanged = DriftRule(
        "paging-changed", wire: .info, source: .error, "paging is now {to}, not {from}",
        advice: "The function returns another type. Keep `paging` unless what comes back really changed.")

    static let rules = [
        added, removed, renamed, renamedWithoutAlias, formerNameRemoved, moved, idChanged, categoryMoved, pagingChanged,
    ]

    static func reportAdded(_ operation: OperationDescription, in context: inout ComparisonContext) {
        context.report(added, operation.symbol, operation: operation.identity, new: operation.location)
    }

    static func reportRemoved(_ operation: OperationDescription, in context: inout ComparisonContext) {
        context.report(removed, operation.symbol, operation: operation.identity, old: operation.location)
    }

    static func compare(_ pair: OperationPair, in context: inout ComparisonContext) {
        let (old, new) = (pair.old, pair.new)
        if context.names == .matter { compareNames(pair, in: &context) }
        if let from = old.operationID, let to = new.operationID, from != to {
            report(idChanged, pair, from, to, in: &context)
        }
        if let from = old.tag, let to = new.tag, from != to {
            report(categoryMoved, pair, from, to, in: &context)
        }
        if old.isPaged != new.isPaged {
            report(pagingChanged, pair, old.isPaged ? "on" : "off", new.isPaged ? "on" : "off", in: &context)
        }
    }

    private static func compareNames(_ pair: OperationPair, in context: inout ComparisonContext) {
        let (old, new) = (pair.old, pair.new)
        for name in old.formerSymbols where !new.formerSymbols.contains(name) && new.symbol != name {
            pair.report(
                formerNameRemoved, [.init("name", name)], old: old.location, new: new.location, in: &context)
        }
        if let from = old.group, let to = new.group, from != to {
            pair.report(
                moved, [.init("from", old.symbol), .init("to", new.symbol)], old: old.location, new: new.location,
                in: &context)
        } else if old.symbol != new.symbol {
            let rule = new.formerSymbols.contains(old.symbol) ? renamed : renamedWithoutAlias
            pair.report(rule, [.init("to", new.symbol)], old: old.location, new: new.location, in: &context)
        }
    }

    private static func report(
        _ rule: DriftRule, _ pair: OperationPair, _ from: String, _ to: String, in context: inout ComparisonContext
    ) {
        pair.report(
            rule, [.init("from", from), .init("to", to)], old: pair.old.location, new: pair.new.location, in: &context)
    }
}
