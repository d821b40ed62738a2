import OktaRuntime
import Testing

@Suite("JSON: members are found by any name")
struct JSONNameTests {
    @Test("JSON names: names of one length are distinguished") func namesOfOneLengthAreDistinguished() throws {
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN_-")
        let names = letters.flatMap { first in letters.map { String([first, $0]) } }
        // There are many more names than hashes.
        #expect(names.count > 1500)
        let json = try JSON(parsing: Self.object(names))
        for (index, name) in names.enumerated() {
            #expect(json[name]?.int == index)
            #expect(json[name + "!"] == nil)
        }
        #expect(json["!!"] == nil)
    }

    @Test("JSON names: long names that differ in the middle are distinguished")
    func longNamesThatDifferInMiddleAreDistinguished() throws {
        let names = (0..<500).map { "the same beginning \(1000 + $0) and the same end" }
        let json = try JSON(parsing: Self.object(names))
        for (index, name) in names.enumerated() { #expect(json[name]?.int == index) }
        #expect(json["the same beginning 9999 and the same end"] == nil)
    }

    @Test("JSON names: names of every length are found at the end of a document")
    func namesOfEveryLengthAreFoundAtTheEndOfADocument() throws {
        for length in 0...200 {
            let name = String((0..<length).map { Character(Unicode.Scalar(UInt8(0x61 + $0 % 26))) })
            for value in ["1", "\"some text\"", "{\"a\":[]}"] {
                let json = try JSON(parsing: "{\"\(name)\":\(value)}")
                #expect(json[name]?.text == value)
                #expect(json[name + "x"] == nil)
                #expect(json[String(name.dropLast())] == nil || length == 0)
            }
        }
    }

    @Test("JSON names: a very long name works like any other", arguments: ["n", "\\u006e"])
    func aVeryLongNameIsAMemberLikeAnyOther(last: String) throws {
        let name = String(repeating: "n", count: 1 << 20)
        let spelled = String(name.dropLast()) + last
        var json = try JSON(parsing: "{\"a\":1,\"\(spelled)\":2,\"b\":3}")
        #expect(json[name]?.int == 2)
        #expect(json["b"]?.int == 3)
        #expect(json[name + "n"] == nil)
        #expect(json[String(name.dropLast())] == nil)
        #expect(json.members?.map(\.key.utf8.count) == [1, 1 << 20, 1])
        json["b"] = 4
        #expect(json.text == "{\"a\":1,\"\(spelled)\":2,\"b\":4}")
    }

    @Test("JSON names: the longest name that fits into its entry is found")
    func theLongestNameThatIsFoundByItsEntryIsFound() throws {
        let name = String(repeating: "n", count: 1 << 20 - 1)
        #expect(try JSON(parsing: "{\"\(name)\":1}")[name]?.int == 1)
    }

    private static func object(_ names: [String]) -> String {
        "{" + names.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
    }
}
