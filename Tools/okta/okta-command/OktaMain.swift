internal import OktaCommand

#if CommandLine
/// The command `okta`.
@main
enum OktaMain {
    static func main() async {
        await ProgramStart.run()
    }
}
#else
/// Says how the program is built: without its trait there is none.
@main
enum OktaMain {
    static func main() {
        print("okta: build it with its trait: swift build --traits CommandLine --product okta")
    }
}
#endif
