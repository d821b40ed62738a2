/// Members as they are sent: null, or left out. They are named by their properties, so that the compiler checks the name.
extension OktaModel {
    /// Sets the member of a property to null, whatever it holds: `profile.setNull(\.mobilePhone)`. Null is sent.
    public mutating func setNull<Value>(_ property: WritableKeyPath<Self, Value?>) {
        setMember(at: Self.path(of: property), to: .null)
    }

    /// Removes the member of a property, whatever it holds: `profile.leaveOut(\.mobilePhone)`. Nothing of it is sent.
    public mutating func leaveOut<Value>(_ property: WritableKeyPath<Self, Value?>) {
        setMember(at: Self.path(of: property), to: nil)
    }

    /// Whether the member of a property is there and null: `user.isNull(\.lastLogin)`.
    public func isNull<Value>(_ property: KeyPath<Self, Value?>) -> Bool {
        var member: JSON? = json
        for name in Self.path(of: property) { member = member?[name] }
        return member?.kind == .null
    }

    mutating func setMember(at path: [String], to value: JSON?) {
        guard !path.isEmpty else { return }
        var object = json
        // Let go of here, so that the object has one holder and is edited where it is.
        self = Self(json: .null)
        object.setMember(at: path[...], to: value)
        self = Self(json: object)
    }

    /// The names of the members that a property reads, from the outermost in; empty for a property that reads none.
    private static func path<Value>(of property: KeyPath<Self, Value>) -> [String] {
        let probe = MemberProbe()
        _ = Self(json: JSON(.probe(probe, path: [])))[keyPath: property]
        return probe.path
    }
}

extension JSON {
    fileprivate mutating func setMember(at path: ArraySlice<String>, to value: JSON?) {
        guard let name = path.first else { return }
        guard path.count > 1 else { return setMember(name, value) }
        // Nothing is left out of what is not there.
        guard var inner = self[name] ?? value.map({ _ in .emptyObject }) else { return }
        inner.setMember(at: path.dropFirst(), to: value)
        setMember(name, inner)
    }
}
