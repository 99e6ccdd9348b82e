# cmake -DFOLDER=templates -DOUT=templates.cpp -P embed.cmake
# Writes the templates as C++ string constants, and the script's SHA-256 in base64 for the page's
# Content-Security-Policy. The page's script is front.js and page.js in one.

# SHA-256 of a file in base64: three hexadecimal digits are two base64 ones, 64 digits leave one over.
function(base64_sha256 out file)
    set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    file(SHA256 "${file}" hex)
    set(text "")
    foreach(group RANGE 0 20)
        math(EXPR at "${group} * 3")
        string(SUBSTRING "${hex}" ${at} 3 digits)
        math(EXPR high "0x${digits} >> 6")
        math(EXPR low "0x${digits} & 63")
        string(SUBSTRING "${alphabet}" ${high} 1 first)
        string(SUBSTRING "${alphabet}" ${low} 1 second)
        string(APPEND text "${first}${second}")
    endforeach()
    string(SUBSTRING "${hex}" 63 1 digits)
    math(EXPR last "0x${digits} << 2")
    string(SUBSTRING "${alphabet}" ${last} 1 first)
    set(${out} "${text}${first}=" PARENT_SCOPE)
endfunction()

set(script "${OUT}.js")
execute_process(COMMAND "${CMAKE_COMMAND}" -E cat "${FOLDER}/front.js" "${FOLDER}/page.js"
    OUTPUT_FILE "${script}" COMMAND_ERROR_IS_FATAL ANY)

set(code "#include \"reports/templates.hpp\"\n\nnamespace ulpfront::reports::templates {\n\n")
foreach(pair "page_html:${FOLDER}/page.html.mustache" "page_css:${FOLDER}/page.css"
        "chart_css:${FOLDER}/chart.css" "page_js:${script}")
    string(REPLACE ":" ";" pair "${pair}")
    list(GET pair 0 name)
    list(GET pair 1 file)
    # Hexadecimal, because CMake's own reading of text stumbles over ';' and '[', and compilers over
    # long literals.
    file(READ "${file}" bytes HEX)
    string(REGEX REPLACE "(..)" "'\\\\x\\1'," bytes "${bytes}")
    string(APPEND code "static constexpr char ${name}_bytes[] = {${bytes}'\\0'};\n"
        "const std::string_view ${name}(${name}_bytes, sizeof ${name}_bytes - 1);\n")
endforeach()
base64_sha256(hash "${script}")
string(APPEND code "const std::string_view page_js_hash = \"${hash}\";\n\n}  // namespace ulpfront::reports::templates\n")
file(WRITE "${OUT}" "${code}")
