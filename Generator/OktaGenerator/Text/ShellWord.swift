import YAML

/// Words of a command line that a message shows.
public enum ShellWord {
    /// The word in quotes where a shell would read it as more than one word or as something else.
    public static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { $0.isASCIIAlphanumeric || "/._-+=:,@%".utf8.contains($0) }
        guard !isPlain || word.isEmpty || word.hasPrefix("-") else { return word }
        let path = word.hasPrefix("-") ? "./" + word : word
        return "'" + path.replacing("'", with: #"'\''"#) + "'"
    }
}
