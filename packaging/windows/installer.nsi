; Per user, no administrator. makensis -DVERSION=… -DFOLDER=… -DOUTPUT=… -DICONS=… -DKILOBYTES=…
; Silent: setup.exe /S [/D=C:\folder] — /D last, without quotes. Exit codes: 0 done, 2 refused (see the sentences below).
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64 ; the two programs hold the same modules, farther apart than the usual 8 MB
ManifestDPIAware true
ManifestSupportedOS Win10
RequestExecutionLevel user

!include MUI2.nsh
!include WinVer.nsh
!include FileFunc.nsh

!define NAME "绿色政绩考核 EcoScore"
!define FILES "EcoScore-files"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\EcoScore"
!define CLASS "EcoScore.Assessment"

Name "${NAME}"
BrandingText "EcoScore ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\EcoScore"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileDescription" "绿色政绩考核 安装程序"
VIAddVersionKey /LANG=2052 "CompanyName" "EcoScore"
VIAddVersionKey /LANG=2052 "LegalCopyright" "EcoScore"

!define MUI_ICON "${ICONS}/program.ico"
!define MUI_UNICON "${ICONS}/program.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\EcoScore.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开绿色政绩考核"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; A sentence on the screen, or in silence only the exit code.
!macro refuse SENTENCE
  MessageBox MB_OK|MB_ICONEXCLAMATION "${SENTENCE}" /SD IDOK
  SetErrorLevel 2
  Quit
!macroend

; A program that runs cannot be opened for writing: asked of both, before anything is touched.
!macro refuse_while_running VERB
  !insertmacro refuse_if_open "EcoScore.exe" "${VERB}"
  !insertmacro refuse_if_open "ecoscore-cli.exe" "${VERB}"
!macroend

!macro refuse_if_open PROGRAM VERB
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      !insertmacro refuse "绿色政绩考核正在运行，不能${VERB}。$\r$\n请先保存并关闭它的所有窗口，再重新运行${VERB}程序。"
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    !insertmacro refuse "本软件需要 64 位的 Windows 10 或 Windows 11。"
  ${EndIf}
FunctionEnd

Section "program"
  !insertmacro refuse_while_running "安装"
  ; What an older version left must not mix with the new one. The folder's name is ours alone.
  RMDir /r "$INSTDIR\${FILES}"
  SetOutPath "$INSTDIR"
  SetOverwrite on
  ClearErrors
  File /r "${FOLDER}/*.*"
  ${If} ${Errors}
    !insertmacro refuse "文件没有写完：$INSTDIR 写不进去，或者磁盘已满。$\r$\n请换一个文件夹，或腾出空间后重新安装。"
  ${EndIf}
  WriteUninstaller "$INSTDIR\uninstall.exe"

  CreateShortCut "$SMPROGRAMS\绿色政绩考核.lnk" "$INSTDIR\EcoScore.exe"
  CreateShortCut "$DESKTOP\绿色政绩考核.lnk" "$INSTDIR\EcoScore.exe"

  WriteRegStr HKCU "Software\Classes\.ecos" "" "${CLASS}"
  WriteRegStr HKCU "Software\Classes\${CLASS}" "" "绿色政绩考核文件"
  WriteRegStr HKCU "Software\Classes\${CLASS}\DefaultIcon" "" "$INSTDIR\EcoScore.exe,1"
  WriteRegStr HKCU "Software\Classes\${CLASS}\shell\open\command" "" '"$INSTDIR\EcoScore.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\EcoScore.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "EcoScore"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
SectionEnd

; Only what was installed, by name: an assessment somebody keeps in this folder stays, and so does the folder then.
Section "Uninstall"
  !insertmacro refuse_while_running "卸载"
  RMDir /r "$INSTDIR\${FILES}"
  Delete "$INSTDIR\EcoScore.exe"
  Delete "$INSTDIR\ecoscore-cli.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"

  Delete "$SMPROGRAMS\绿色政绩考核.lnk"
  Delete "$DESKTOP\绿色政绩考核.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.ecos" ""
  ${If} $0 == "${CLASS}"
    DeleteRegKey HKCU "Software\Classes\.ecos"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${CLASS}"
  DeleteRegKey HKCU "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
