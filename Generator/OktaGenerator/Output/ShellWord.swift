/// Words of a command line that a message shows.
public enum ShellWord {
    /// The word in quotes where a shell would read it as more than one word or as something else.
    public static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "/._-+=:,@%".utf8.contains(byte)
            }
        }
        guard !isPlain || word.isEmpty || word.hasPrefix("-") else { return word }
        let path = word.hasPrefix("-") ? "./" + word : word
        return "'" + path.replacing("'", with: #"'\''"#) + "'"
    }
}
