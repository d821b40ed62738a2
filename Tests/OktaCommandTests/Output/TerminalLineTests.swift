import OktaCommand
import Testing

@Suite struct TerminalLineTests {
    @Test("Lines: no control character of a message reaches the terminal, and a pipe gets it unchanged")
    func harmless() {
        let text = "the user '\u{1B}]0;x\u{7}\u{1B}[2J' is\nunknown\u{202E}"
        let terminal = TextOutput.memory(isTerminal: true)
        terminal.print(text)
        #expect(terminal.text == "the user '\u{241B}]0;x\u{2407}\u{241B}[2J' is\nunknown\u{FFFD}\n")
        let pipe = TextOutput.memory()
        pipe.print(text)
        #expect(pipe.text == text + "\n")
    }
}
