import YAML

/// The names in use in one scope. A further name is accepted, gets a suffix, or is rejected.
struct NameScope {
    private(set) var findings: [Diagnostic] = []
    private var taken: [SwiftName: Owner] = [:]

    /// The element that uses a name.
    fileprivate struct Owner {
        var origin: Located<String>
        /// The wire name of a field, which an extending model may redeclare.
        var wireName: ExactText?
    }

    /// The previous state of a name, which can be restored.
    struct Undo {
        let name: SwiftName
        fileprivate var owner: Owner?
    }

    /// Uses a derived name, or the pinned one.
    ///
    /// - Parameters:
    ///   - text: The derived name.
    ///   - pinned: The pinned name, which replaces it.
    ///   - origin: The element in the catalog.
    ///   - kind: The kind of the element.
    ///   - reserved: Names that the generator creates in this scope, in addition to those reserved for the kind.
    mutating func take(
        _ text: String, pinned: Located<String>?, for origin: Located<String>, as kind: NameKind,
        besides reserved: Set<String> = []
    ) -> SwiftName {
        let place = pinned ?? origin
        guard let name = resolve(text, pinned: pinned, for: origin, as: kind, besides: reserved) else {
            return .reported
        }
        claim(name, for: place, as: kind)
        return name
    }

    /// Uses the name of a field. A field that the extended model has, too, is redeclared under the same name.
    mutating func takeField(
        _ text: String, pinned: Located<String>?, for origin: Located<String>, besides reserved: Set<String>
    ) -> (name: SwiftName, undo: Undo?) {
        guard let name = resolve(text, pinned: pinned, for: origin, as: .field, besides: reserved) else {
            return (.reported, nil)
        }
        let wireName = ExactText(origin.value)
        let undo = Undo(name: name, owner: taken[name])
        if let owner = taken[name], owner.wireName != wireName {
            report(name, for: pinned ?? origin, as: .field, first: owner.origin)
        }
        taken[name] = Owner(origin: pinned ?? origin, wireName: wireName)
        return (name, undo)
    }

    /// Reports a property for viewing a union as one of its variants when a field has the same name. The name stays
    /// free, because models that extend the union do not have the property.
    mutating func checkView(_ name: SwiftName, of form: Located<String>) {
        guard taken[name] != nil else { return }
        takeDerived(name, from: form, hint: "pin another name of the field with `swift:`")
    }

    /// Restores the state of a name.
    mutating func undo(_ undo: Undo) {
        taken[undo.name] = undo.owner
    }

    /// Uses a name that the generator creates for an element of the catalog.
    mutating func takeDerived(_ name: SwiftName, from origin: Located<String>, hint: String) {
        if let owner = taken[name] {
            findings.append(
                Diagnostic(
                    rule: "swift-name-collision",
                    "the Swift name `\(name)`, created for `\(origin.value)`, is already in use",
                    at: origin.location, hint: hint, notes: [.init("it is used", at: owner.origin.location)]))
        } else {
            taken[name] = Owner(origin: origin, wireName: nil)
        }
    }

    /// Uses a name in its final form.
    mutating func claim(_ name: SwiftName, for origin: Located<String>, as kind: NameKind) {
        if let owner = taken[name] {
            report(name, for: origin, as: kind, first: owner.origin)
        } else {
            taken[name] = Owner(origin: origin, wireName: nil)
        }
    }

    /// Returns the element that uses a name.
    func owner(of name: SwiftName) -> Located<String>? { taken[name]?.origin }

    private mutating func report(
        _ name: SwiftName, for origin: Located<String>, as kind: NameKind, first: Located<String>
    ) {
        findings.append(
            Diagnostic(
                rule: "swift-name-collision", "the Swift name `\(name)` of this \(kind.word) is already in use",
                at: origin.location,
                hint: kind == .type ? "choose another name" : "pin another name with `\(kind.key):`",
                notes: [.init("it is used", at: first.location)]))
    }

    // MARK: Resolving

    /// Returns a name in its final form, before it is taken; nil if there is none.
    mutating func resolve(
        _ text: String, pinned: Located<String>?, for origin: Located<String>, as kind: NameKind,
        besides reserved: Set<String> = []
    ) -> SwiftName? {
        if let pinned { return check(pinned, as: kind, besides: reserved) }
        guard let name = Self.derived(text, as: kind, besides: reserved) else {
            findings.append(
                Diagnostic(
                    rule: "invalid-name", "`\(origin.value)` yields no Swift name for a \(kind.word)",
                    at: origin.location,
                    hint: "pin one: letters, digits and `_`, not starting with a digit, and without backticks"))
            return nil
        }
        return name
    }

    /// Returns the name that is derived from a name of the catalog.
    static func derived(_ text: String, as kind: NameKind, besides reserved: Set<String> = []) -> SwiftName? {
        let startsWithDigit = text.utf8.first?.isASCIIDigit ?? false
        let start = startsWithDigit ? "_" + text : text
        let isReserved = reserved.contains(start) || ReservedNames.contains(start, as: kind)
        return SwiftName(isReserved ? ReservedNames.replacement(of: start, as: kind) : start)
    }

    /// Checks a pinned name, which is either used unchanged or rejected.
    mutating func check(_ pinned: Located<String>, as kind: NameKind, besides reserved: Set<String> = []) -> SwiftName?
    {
        guard let name = SwiftName(pinned.value) else {
            findings.append(
                Diagnostic(
                    rule: "invalid-name", "`\(pinned.value)` is not a valid Swift name for a \(kind.word)",
                    at: pinned.location,
                    hint: "write letters, digits and `_`, not starting with a digit, and without backticks"))
            return nil
        }
        let first = name.bare.first ?? "_"
        if kind.isCapitalized ? !first.isUppercase : first.isUppercase {
            let better = (kind.isCapitalized ? first.uppercased() : first.lowercased()) + name.bare.dropFirst()
            findings.append(
                Diagnostic(
                    rule: "invalid-name",
                    "the name `\(name)` of a \(kind.word) begins with \(kind.isCapitalized ? "no" : "a") capital",
                    at: pinned.location, hint: "write `\(better)`: types begin with a capital, and nothing else does"))
        } else if reserved.contains(name.bare) || ReservedNames.contains(name.bare, as: kind) || name.isOfRuntime {
            let better =
                kind == .type
                ? ReservedNames.otherName(ofType: name.bare)
                : ReservedNames.replacement(of: String(name.bare.drop { $0 == "_" }), as: kind)
            findings.append(
                Diagnostic(
                    rule: "reserved-name",
                    "`\(name)` has another meaning in Swift, in the runtime or in the generated code",
                    at: pinned.location,
                    hint: "choose another name, such as `\(better)`"))
        }
        return name
    }

    /// Returns whether a name is available for the case of a variant.
    static func isFreeCase(_ name: String) -> Bool {
        SwiftName(name) != nil && name.first?.isUppercase == false && !ReservedNames.contains(name, as: .form)
    }
}

extension SwiftName {
    /// Whether the name begins like the members that the runtime provides for generated code, such as `_client`. A
    /// derived name has a leading `_` only before a digit.
    fileprivate var isOfRuntime: Bool {
        bare.hasPrefix("_") && bare.dropFirst().first?.isNumber == false
    }
}
