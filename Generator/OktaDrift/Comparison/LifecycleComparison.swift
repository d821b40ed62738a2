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
