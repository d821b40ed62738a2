import ArgumentParser
import OktaDrift

/// `okta-generator rules`: lists all drift rules.
struct Rules: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lists the drift rules with their severities on the wire and in Swift.")

    func run() {
        print(RuleListing.text, terminator: "")
    }
}

/// `okta-generator explain RULE`: explains one rule.
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Explains a drift rule and what to do.")

    @Argument(help: "The rule's id; `okta-generator rules` lists them.")
    var rule: String

    func run() throws {
        guard let known = RuleTable.rule(rule) else {
            throw InputFailure(message: "there is no rule `\(rule)`; `okta-generator rules` lists them")
        }
        print(RuleListing.explanation(of: known), terminator: "")
    }
}
