import OktaRuntime

/// The key of the process for a key id. Each org has its own key ids; the keys are generated once for all orgs.
extension OrgState {
    private static let kind = "keys"

    /// Returns a new key id.
    mutating func newKey(id: String? = nil) -> String {
        let kid = id ?? ids.key(43)
        if tables[Self.kind][kid] == nil { tables[Self.kind][kid] = ["number": JSON(tables[Self.kind].count)] }
        return kid
    }

    /// Assigns a further id to the key of another id.
    mutating func shareKey(of other: String, as kid: String) {
        tables[Self.kind][kid] = ["number": JSON(keyNumber(kid: other))]
    }

    /// Returns the number of the key with an id. The id of a seeded key also has a number, which is always the same.
    func keyNumber(kid: String) -> Int {
        if let number = tables[Self.kind][kid]?["number"]?.int { return number }
        var hash: UInt32 = 2_166_136_261
        for byte in kid.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash % 1024)
    }
}
