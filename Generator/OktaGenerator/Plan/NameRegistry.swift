import OktaCatalog
import YAML

/// Names that are taken in one scope, and what happens when one is taken twice.
struct NameRegistry {
    private(set) var findings: [Diagnostic] = []
    private var taken: [SwiftName: Located<String>] = [:]

    /// Takes a type's name.
    mutating func declareType(_ name: Located<String>) {
        if SwiftIdentifier.reservedTypes.contains(name.value) {
            findings.append(
                Diagnostic(
                    rule: "reserved-name", "`\(name.value)` means something else in Swift or in the runtime",
                    at: name.location,
                    hint: "choose another name, such as `Okta\(name.value)`"))
        }
        _ = declare(name.value, for: name, what: "type")
    }

    /// Checks the module's name. A file imports it by this name, and no backticks make a keyword possible there.
    mutating func module(_ name: Located<String>) -> SwiftName {
        guard let module = identifier(name.value, for: name, what: "module") else { return .reported }
        if module.source != module.bare {
            findings.append(
                Diagnostic(
                    rule: "reserved-name", "a module can not be named `\(module)`, a keyword of Swift",
                    at: name.location, hint: "choose another name"))
        }
        return module
    }

    /// Takes a Swift name for something of the catalog.
    ///
    /// - Returns: The name; one that is never printed where an error is reported.
    mutating func declare(_ text: String, for origin: Located<String>, what: String) -> SwiftName {
        guard let name = identifier(text, for: origin, what: what) else { return .reported }
        if let first = taken[name] {
            findings.append(
                Diagnostic(
                    rule: "swift-name-collision", "the Swift name `\(name)` of this \(what) is taken",
                    at: origin.location,
                    hint: "pin another name with `swift:`", notes: [.init("it is taken", at: first.location)]))
            return .reported
        }
        taken[name] = origin
        return name
    }

    /// Checks a name, in the form in which it is printed, without taking it.
    mutating func identifier(_ text: String, for origin: Located<String>, what: String) -> SwiftName? {
        if let name = SwiftName(text) { return name }
        findings.append(
            Diagnostic(
                rule: "invalid-name", "`\(origin.value)` gives no Swift name for a \(what)", at: origin.location,
                hint: "pin one: letters, digits and `_`, not starting with a digit, and without backticks"))
        return nil
    }
}
