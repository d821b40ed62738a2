import Testing

@testable import OktaCatalog

@Suite struct NearestNameTests {
    @Test(
        "Nearest name: finds names that differ by one edit, ignoring case",
        arguments: [
            ("Usr", "User"), ("Userr", "User"), ("Uesr", "User"), ("Usex", "User"), ("USERS", "User"), ("user", "User"),
            ("grp", "Group"), ("x", nil), ("Application", nil), ("", nil), ("User", nil),
        ])
    func findsWhatIsMeant(_ name: String, _ expected: String?) {
        #expect(NearestName(candidates: ["Group", "User", "Zone"]).nearest(to: name) == expected)
    }

    @Test("Nearest name: chooses the first by name if several are equally near")
    func isDeterministic() {
        let names: Set = ["Thing1", "Thing2", "Thing3"]
        #expect(NearestName(candidates: names).nearest(to: "Thing") == "Thing1")
    }

    /// The complete distance table, without bounds.
    private func distance(_ left: String, _ right: String) -> Int {
        let (a, b) = (Array(left.lowercased().unicodeScalars), Array(right.lowercased().unicodeScalars))
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }

    @Test("Nearest name: gives the same result as a full comparison with all names")
    func agreesWithTheWholeTable() {
        var state: UInt64 = 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func word() -> String { String((0..<random(9)).map { _ in Character(["a", "b", "C", "é", "ß"][random(5)]) }) }
        for _ in 0..<60 {
            let names = (0..<20).map { _ in word() }
            let nearest = NearestName(candidates: names)
            for _ in 0..<10 {
                let name = word()
                let limit = max(1, min(3, name.count / 3 + 1))
                let expected =
                    names.filter { $0 != name }.map { (distance(name, $0), $0) }.filter { $0.0 <= limit }
                    .min { $0 < $1 }?.1
                #expect(nearest.nearest(to: name) == expected, "\(name) among \(names)")
            }
        }
    }

    @Test("Nearest name: stops after a limit of work, and dissimilar names cost little of it")
    func workIsBounded() {
        let comparison = NearestName.comparisonWork
        let nearest = NearestName(candidates: (0..<10).map { "Thing\($0)" }, work: 100 * 10 + 25 * comparison)
        for _ in 0..<100 { #expect(nearest.nearest(to: "Zzqqxy") == nil) }
        #expect(nearest.nearest(to: "Thingx") == "Thing0")
        #expect(nearest.nearest(to: "Thingx") == "Thing0")
        for _ in 0..<3 { _ = nearest.nearest(to: "Thingx") }
        #expect(nearest.nearest(to: "Thingx") == nil)
    }

    @Test("Nearest name: distinguishes names that only look alike")
    func distinguishesNamesThatOnlyLookAlike() {
        #expect("\u{212A}ey" == "Key")
        #expect(NearestName(candidates: ["Key"]).nearest(to: "\u{212A}ey") == "Key")
    }
}
