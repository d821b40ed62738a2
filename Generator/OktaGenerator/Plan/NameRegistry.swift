import OktaCatalog
import YAML

/// Names that are taken in one scope, and what happens when one is taken twice.
struct NameRegistry {
    private(set) var findings: [Diagnostic] = []
    private var taken: [String: Located<String>] = [:]

    /// Takes a type's name.
    mutating func declareType(_ name: Located<String>) {
        if SwiftIdentifier.reservedTypes.contains(name.value) {
            findings.append(
                Diagnostic(
                    rule: "reserved-name", "`\(name.value)` means something else in Swift or in the runtime",
                    at: name.location,
                    hint: "choose another name, such as `Okta\(name.value)`"))
        }
        declare(name.value, for: name, what: "type")
    }

    /// Takes a Swift name for something of the catalog.
    mutating func declare(_ swiftName: String, for origin: Located<String>, what: String) {
        let bare = swiftName.replacing("`", with: "")
        guard SwiftIdentifier.isValid(bare) else {
            findings.append(
                Diagnostic(
                    rule: "invalid-name", "`\(origin.value)` gives no Swift name for a \(what)", at: origin.location,
                    hint: "pin one: letters, digits and `_`, not starting with a digit"))
            return
        }
        if let first = taken[bare] {
            findings.append(
                Diagnostic(
                    rule: "swift-name-collision", "the Swift name `\(bare)` of this \(what) is taken",
                    at: origin.location,
                    hint: "pin another name with `swift:`", notes: [.init("it is taken", at: first.location)]))
            return
        }
        taken[bare] = origin
    }
}
