import Testing

@testable import OktaCommand

@Suite struct CSVReaderTests {
    private func read(_ text: String) throws -> [[String]] {
        var reader = try CSVReader(ByteReader(text: text), name: "people.csv")
        var rows = [reader.header]
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    private func failure(_ text: String) -> String {
        do {
            return "read as \(try read(text))"
        } catch {
            return "\(error)"
        }
    }

    @Test("CSV: plain and quoted fields, both line endings, a byte order mark, and no final line break")
    func readsFields() throws {
        #expect(try read("a,b\n1,2\n") == [["a", "b"], ["1", "2"]])
        #expect(try read("\u{FEFF}a,b\r\n1,\"2\"\r\n3,") == [["a", "b"], ["1", "2"], ["3", ""]])
        #expect(try read("a,b\n\"x,\"\"y\"\"\",\"two\nlines\"\n") == [["a", "b"], ["x,\"y\"", "two\nlines"]])
        #expect(try read("a\n\n1\n\n") == [["a"], ["1"]])
        #expect(try read("\"a\",\"\"\n,\"\"") == [["a", ""], ["", ""]])
        #expect(try read("naïve,日本\nß,é\n") == [["naïve", "日本"], ["ß", "é"]])
    }

    @Test("CSV: written text is read back")
    func readsWhatIsWritten() throws {
        var generator = SplitMix64(seed: 17)
        let alphabet = Array("ab,\"\n\r é😀 =")
        for _ in 0..<300 {
            let width = Int.random(in: 1...4, using: &generator)
            let header = (0..<width).map { "c\($0)" }
            // A record with one empty field is an empty line, and empty lines are not records.
            let rows = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                (0..<width).map { _ in
                    "x"
                        + String(
                            (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                                alphabet.randomElement(using: &generator) ?? "a"
                            })
                }
            }
            let text = ([header] + rows).map { row in
                row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: ",")
            }.joined(separator: Bool.random(using: &generator) ? "\n" : "\r\n")
            #expect(try read(text) == [header] + rows)
        }
    }

    @Test("CSV: unnamed columns after the last one are accepted")
    func unnamedColumns() throws {
        #expect(try read("a,b,,\n1,2,,\n") == [["a", "b", "", ""], ["1", "2", "", ""]])
    }

    @Test("CSV: errors state the line")
    func refuses() {
        #expect(failure("").contains("is empty"))
        #expect(failure("a,a\n").contains("two columns 'a'"))
        #expect(failure("a,b\r1,2\r").contains("end with CR alone"))
        #expect(failure("a,b\n1,2\n3\n").contains("line 3, has 1 field; the header has 2"))
        #expect(failure("a\nx\"y\n").contains("line 2, has a quote within a value"))
        #expect(failure("a\n\"x\"y\n").contains("text after a closing quote"))
        #expect(failure("a\n\"x\n").contains("a quote that is not closed"))
    }
}
