import OktaRuntime

/// Which key of the process stands behind a key id. Orgs have key ids; the keys themselves are made once for all orgs.
extension OrgState {
    private static let kind = "keys"

    /// A new key id.
    mutating func newKey(id: String? = nil) -> String {
        let kid = id ?? ids.key(43)
        if tables[Self.kind][kid] == nil { tables[Self.kind][kid] = ["number": JSON(tables[Self.kind].count)] }
        return kid
    }

    /// Makes a further id stand for the key of another id.
    mutating func shareKey(of other: String, as kid: String) {
        tables[Self.kind][kid] = ["number": JSON(keyNumber(kid: other))]
    }

    /// The number of the key behind an id. An id that came with a seed has one too, always the same.
    func keyNumber(kid: String) -> Int {
        if let number = tables[Self.kind][kid]?["number"]?.int { return number }
        var hash: UInt32 = 2_166_136_261
        for byte in kid.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return Int(hash % 1024)
    }
}
